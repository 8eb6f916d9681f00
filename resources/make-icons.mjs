/**
 * Makes the program's icons for the three systems from src/renderer/theme/icon.svg: `node resources/make-icons.mjs`. Chromium draws each
 * size by itself, so that small ones stay sharp; the containers are written here. The results are kept in the repository.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { findOnPath } from '../scripts/setup/find-executable.mjs';

const here = import.meta.dirname;
const svg = readFileSync(path.join(here, '../src/renderer/theme/icon.svg'), 'utf8');
/** Freedesktop.org's icon theme specification, and one for windows that are large. */
const linuxSizes = [16, 32, 48, 64, 128, 256, 512];
const windowsSizes = [16, 24, 32, 48, 64, 128, 256];
/** Apple's types of PNG entries, by size in pixels. */
const macTypes = { ic11: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 };
/** Apple's icon grid: 824 of 1024 pixels, the rest is air. */
const macShare = 824 / 1024;

/** @returns {Promise<Map<string, Buffer>>} PNGs by `size` and `size-air` */
async function draw() {
  const executablePath = process.env.SLUICE_CHROMIUM ?? findOnPath(['chromium', 'google-chrome']);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage();
  const pictures = new Map();
  const shoot = async (size, share, name) => {
    await page.setViewportSize({ width: size, height: size });
    const side = Math.round(size * share);
    const style = `margin:0;width:${size}px;height:${size}px;display:grid;place-items:center`;
    const drawn = svg.replace('<svg ', `<svg width="${side}" height="${side}" style="display:block" `);
    await page.setContent(`<!doctype html><body style="${style}">${drawn}</body>`);
    pictures.set(name, await page.screenshot({ omitBackground: true, type: 'png' }));
  };
  for (const size of new Set([...linuxSizes, ...windowsSizes])) await shoot(size, 1, String(size));
  for (const size of new Set(Object.values(macTypes))) await shoot(size, macShare, `${size}-air`);
  await browser.close();
  return pictures;
}

/** Windows' ICO: a directory of entries, then the PNGs. 256 is written as 0. */
function ico(entries) {
  const head = Buffer.alloc(6 + 16 * entries.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(entries.length, 4);
  let offset = head.length;
  entries.forEach(({ size, png }, i) => {
    const at = 6 + 16 * i;
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...entries.map(({ png }) => png)]);
}

/** Apple's ICNS: entries of a type, their length with this header, and a PNG. */
function icns(entries) {
  const parts = entries.map(({ type, png }) => Buffer.concat([header(type, png.length), png]));
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([header('icns', length), ...parts]);
}

function header(type, contentLength) {
  const bytes = Buffer.alloc(8);
  bytes.write(type, 'latin1');
  bytes.writeUInt32BE(contentLength + 8, 4);
  return bytes;
}

const pictures = await draw();
mkdirSync(path.join(here, 'icons'), { recursive: true });
for (const size of linuxSizes) writeFileSync(path.join(here, `icons/${size}x${size}.png`), pictures.get(String(size)));
writeFileSync(path.join(here, 'icon.png'), pictures.get('512'));
writeFileSync(
  path.join(here, 'icon.ico'),
  ico(windowsSizes.map((size) => ({ size, png: pictures.get(String(size)) }))),
);
const macEntries = Object.entries(macTypes).map(([type, size]) => ({ type, png: pictures.get(`${size}-air`) }));
writeFileSync(path.join(here, 'icon.icns'), icns(macEntries));
