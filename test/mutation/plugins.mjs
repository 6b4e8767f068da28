import { declareClassPlugin, declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { notMeasured } from './not-measured.mjs';
import { SpecRunner } from './spec-runner.mjs';

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'specs', SpecRunner),
  declareValuePlugin(PluginKind.Ignore, 'not-measured', notMeasured),
];
