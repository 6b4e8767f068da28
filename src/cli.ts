#!/usr/bin/env node
import 'reflect-metadata';
import { runCli } from './cli/run.js';
import { processTerminal } from './cli/terminal.js';

void runCli(process.argv.slice(2), processTerminal()).then((status) => {
  process.exitCode = status;
});
