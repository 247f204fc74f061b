/** What was measured: printed as it comes, and kept for the JSON file. */
import { writeFileSync } from 'node:fs';
import { renderTable, type Row } from './table';

export interface Goal {
  readonly what: string;
  readonly measured: number;
  readonly unit: string;
  /** The goal, and whether it is a floor or a ceiling. */
  readonly goal: { readonly atLeast: number } | { readonly below: number };
}

export interface Report {
  say(text: string): void;
  /** Prints a table; its rows go into the JSON under `name`. */
  table(name: string, title: string, rows: readonly Row[], notes?: readonly string[]): void;
  /** Prints later whether this goal of the blueprint was met. */
  goal(goal: Goal): void;
  /** Something that must be so is not: the run goes on, and ends with exit code 1. */
  fail(message: string): void;
}

export interface FullReport extends Report {
  readonly hasFailed: boolean;
  /** Prints the goals and the failures; writes the JSON where a file is named. */
  finish(about: Row, file: string | undefined): void;
}

export function createReport(write: (text: string) => void): FullReport {
  const tables: Record<string, readonly Row[]> = {};
  const goals: Goal[] = [];
  const failures: string[] = [];
  const say = (text: string) => write(`${text}\n`);
  return {
    say,
    table(name, title, rows, notes = []) {
      tables[name] = rows;
      say(`\n${title}\n${renderTable(rows)}`);
      for (const note of notes) say(`  ${note}`);
    },
    goal: (goal) => void goals.push(goal),
    fail(message) {
      failures.push(message);
      say(`  FAILED: ${message}`);
    },
    get hasFailed() {
      return failures.length > 0;
    },
    finish(about, file) {
      if (goals.length > 0) say(`\nGoals\n${renderTable(goals.map(verdict))}`);
      for (const failure of failures) say(`FAILED: ${failure}`);
      if (file !== undefined)
        writeFileSync(file, `${JSON.stringify({ about, tables, goals: goals.map(verdict), failures }, null, 2)}\n`);
    },
  };
}

function verdict({ what, measured, unit, goal }: Goal): Row {
  const isMet = 'atLeast' in goal ? measured >= goal.atLeast : measured < goal.below;
  const wanted = 'atLeast' in goal ? `at least ${goal.atLeast}` : `below ${goal.below}`;
  return { what, measured: Number(measured.toPrecision(3)), goal: wanted, unit, met: isMet ? 'yes' : 'no' };
}
