// Loaded into the processes that the demo starts: if the demo itself is killed, its end of the channel closes, and the
// process stops as it would on Ctrl-C instead of living on unseen.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
