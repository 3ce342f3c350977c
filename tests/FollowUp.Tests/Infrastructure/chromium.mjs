// Unpacks the Chromium of the npm package once for each version and prints where it is. It runs on a machine
// that has only Node: missing libraries come from the package too.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import chromium, { inflate } from '@sparticuz/chromium';

const packed = fileURLToPath(new URL('../', import.meta.resolve('@sparticuz/chromium')));
const { version } = JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8'));
const folder = join(tmpdir(), `followup-chromium-${version}`);

if (!existsSync(folder)) {
  const own = `${folder}.${process.pid}`;
  mkdirSync(own);
  process.env.TMPDIR = own;
  await chromium.executablePath();
  await inflate(join(packed, 'bin', 'al2023.tar.br'));
  try {
    renameSync(own, folder);
  } catch {
    rmSync(own, { recursive: true }); // another process was faster
  }
}

const executable = join(folder, 'chromium');
const complete = !execFileSync('ldd', [executable], { encoding: 'utf8' }).includes('not found');
console.log(JSON.stringify({ executable, libraries: complete ? null : join(folder, 'al2023', 'lib'), fonts: join(folder, 'fonts') }));
