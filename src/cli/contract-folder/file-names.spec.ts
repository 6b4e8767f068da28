import { refuseMisnamed, type FileMisnamed } from './file-names.js';

const refused = (...names: string[]): string[] => {
  try {
    refuseMisnamed('folder', names);
    return [];
  } catch (error) {
    return (error as FileMisnamed).faults.map(({ at, detail }) => `${at}: ${detail}`);
  }
};

describe('the files of a contract folder', () => {
  it.each([
    ['terms.yaml'],
    ['amendment-2024-09-01.yaml'],
    ['amendment-2024-09-01.yml'],
    ['expected.json'],
    ['participants.csv'],
    ['figure-corrections.csv'],
    ['README.md'],
    ['generate.mjs'],
    ['rate-card.csv'],
    ['check.sql'],
  ])('%s may stand there', (name) => expect(refused(name)).toEqual([]));

  it.each([
    ['amendement-2024-09-01.yaml', 'Call it amendment-YYYY-MM-DD.yaml'],
    ['amendment-2024-9-1.yaml', 'Call it amendment-YYYY-MM-DD.yaml'],
    ['amendment-2024-02-30.yaml', 'Call it amendment-YYYY-MM-DD.yaml'],
    ['Amendment-2024-09-01.yaml', 'Call it amendment-YYYY-MM-DD.yaml'],
    ['terms.yml', 'Call it terms.yaml'],
    ['terms.json', 'Call it terms.yaml'],
    ['expected-2.json', 'or move it elsewhere'],
    ['participant.csv', 'Call it participants.csv.'],
    ['Measurements.csv', 'Call it measurements.csv.'],
    ['figures-corrections.csv', 'Call it figure-corrections.csv.'],
  ])('%s would be left unread and is refused', (name, remedy) => {
    const [fault, ...others] = refused('terms.yaml', name);
    expect(fault).toContain(`folder/${name}: "${name}" would not be read.`);
    expect(fault).toContain(remedy);
    expect(others).toEqual([]);
  });
});
