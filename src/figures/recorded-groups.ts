/** How figures and results are stored and committed to, for those who check a record against its trail. */
export {
  figuresHash,
  recordedFiguresHash,
  toRecordedFigure,
  type FigureRow,
  type RecordedFigure,
} from './figures.mapping.js';
export {
  recordedEffectsHash,
  toRecordedEffect,
  type EffectRow,
  type RecordedEffect,
} from './effects.mapping.js';
