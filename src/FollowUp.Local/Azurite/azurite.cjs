// Runs Azurite until standard input closes: it must outlive the service when Ctrl+C reaches the whole
// group, and must not outlive a parent that was killed.
const path = require('node:path');

const [, , root, ...options] = process.argv;
const once = process.once;
process.once = (event, listener) =>
  event === 'SIGINT' || event === 'SIGTERM' ? process : once.call(process, event, listener);
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});

const stop = () => {
  process.emit('message', 'shutdown');
  setTimeout(() => process.exit(0), 3000).unref();
};
process.stdin.on('end', stop).on('close', stop).resume();
process.stdout.on('error', () => {});

process.argv = [process.argv[0], 'azurite', ...options];
require(path.join(root, 'node_modules/azurite/dist/src/azurite.js'));
