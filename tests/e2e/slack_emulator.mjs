// Starts the Slack emulator on a port given as argument, says where it is, and stops with stdin.
import { pathToFileURL } from 'node:url';

const [modules, port] = process.argv.slice(2);
const { createEmulator } = await import(pathToFileURL(modules + '/node_modules/emulate/dist/api.js').href);
const emulator = await createEmulator({
  service: 'slack',
  port: Number(port),
  seed: {
    tokens: { 'tok-bot': { login: 'signalbox', scopes: [] }, 'tok-ann': { login: 'ann', scopes: [] } },
    slack: {
      team: { name: 'Acme', domain: 'acme' },
      users: [{ name: 'ann' }, { name: 'signalbox' }],
      channels: [{ name: 'ops' }],
    },
  },
});
console.log('ready');
process.stdin.resume();
process.stdin.on('end', async () => { await emulator.close(); process.exit(0); });
