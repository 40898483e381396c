// Reads each body of a folder as this language's own library does and writes what it found, one line for each field.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const hex = text => Buffer.from(text, 'utf8').toString('hex');
const line = (name, content, file) => `${hex(name)} ${file === undefined ? '-' : hex(file)} ${createHash('sha256').update(content).digest('hex')}`;

function* leaves(value, path) {
  if (typeof value === 'string') yield line(path, value);
  else if (typeof value === 'number') yield line(path, 'number');
  else if (value === null || typeof value !== 'object') yield line(path, String(value));
  else for (const name of Object.keys(value)) yield* leaves(value[name], `${path}/${name}`);
}

async function fields(kind, body) {
  if (kind === 'Json') return [...leaves(JSON.parse(body.toString('utf8')), '')];
  if (kind === 'Form') return [...new URLSearchParams(body.toString('utf8'))].map(([name, value]) => line(name, value));
  const boundary = /^--([^\r]+)/.exec(body.toString('latin1'))[1];
  const form = await new Response(body, { headers: { 'content-type': `multipart/form-data; boundary="${boundary}"` } }).formData();
  return Promise.all([...form].map(async ([name, value]) =>
    typeof value === 'string' ? line(name, value) : line(name, Buffer.from(await value.arrayBuffer()), value.name)));
}

const [folder, kind, count] = process.argv.slice(2);
for (let number = 0; number < Number(count); number++) {
  console.log(`${number} ${(await fields(kind, readFileSync(join(folder, String(number))))).sort().join(';')}`);
}
