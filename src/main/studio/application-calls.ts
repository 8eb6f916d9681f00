/** The program itself: its facts, settings, machine, and the folders that it can see. */
import { homedir } from 'node:os';
import { machineReport } from '../machine-report';
import type { Calls } from './calls';
import { listFolder } from './folders';
import { machineFacts } from './machine-facts';
import type { StudioParts } from './studio';

export function applicationCalls({
  facts,
  settings,
  sluice,
}: StudioParts): Calls<'application' | 'machineReport' | 'changeSettings' | 'browseFolder'> {
  return {
    application: () => Promise.resolve(facts),
    machineReport: async (_, signal) => machineFacts(await machineReport(sluice, signal)),
    changeSettings: ({ set, unset }) => settings.change(set, unset),
    browseFolder: ({ folder }) => listFolder(folder ?? homedir()),
  };
}
