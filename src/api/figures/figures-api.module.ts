import { Module } from '@nestjs/common';
import { FiguresModule } from '../../figures/figures.module.js';
import { EffectsController } from './effects.controller.js';
import { FiguresController } from './figures.controller.js';

/** Figures and signed results over HTTP. */
@Module({ imports: [FiguresModule], controllers: [FiguresController, EffectsController] })
export class FiguresApiModule {}
