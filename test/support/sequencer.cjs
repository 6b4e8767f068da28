// Jest starts what took longest first, so that no core waits at the end for one long file. A fresh clone remembers no
// times, and Jest would go by the size of files: those that hand their tests to others are small and take longest.
const { default: Sequencer } = require('@jest/test-sequencer');

const LONG =
  /\.property\.spec\.ts$|\/test\/(second-implementation|worked-examples|verifier|integration\/(bundles|cli|payments))\/|\/test\/(boot|e2e\/web-markup)\.spec\.ts$/;

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    if (sorted.some(({ duration }) => duration != null)) return sorted;
    const isLong = ({ path }) => LONG.test(path);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
};
