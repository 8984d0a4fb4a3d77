/** Loaded before the program: a disk with room for ROOM_FOR_FILES files, and for half of the next one. */
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const { writeFile } = promises;
let room = Number(process.env['ROOM_FOR_FILES']);

promises.writeFile = async (file, data, options) => {
  room -= 1;
  const text = data as string;
  await writeFile(file, room >= 0 ? text : text.slice(0, text.length / 2), options);
  if (room >= 0) return;
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
};
syncBuiltinESMExports();
