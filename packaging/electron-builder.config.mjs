/** How the staged program (stage.mjs) becomes something to install. What each choice is for: README.md. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const { devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
/** The starter pack where it has been made; else the small one of untrained networks, so that the program can be tried. */
const pack = ['starter', 'test-pack'].find((name) => existsSync(path.join(root, 'models', name, 'manifest.json')));

/** @type {import('electron-builder').Configuration} */
export default {
  appId: 'org.sluice.studio',
  productName: 'Sluice',
  copyright: 'MIT licence',
  electronVersion: devDependencies.electron,
  directories: { app: 'app', output: 'dist', buildResources: '.' },
  artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
  publish: null,
  // Nothing is compiled: ONNX Runtime's binding uses Node-API, which Electron has.
  npmRebuild: false,

  asar: true,
  files: ['package.json', 'out/**/*', '!**/*.map', 'node_modules/**/*'],
  // What the system itself loads or starts cannot be inside the archive.
  asarUnpack: ['node_modules/onnxruntime-node/bin/**', 'node_modules/ffmpeg-static/**'],
  extraResources: [
    { from: `../models/${pack}`, to: 'packs/starter' },
    { from: '../resources/sample', to: 'sample' },
    { from: '../resources/icon.png', to: 'icon.png' },
    { from: '../LICENSE', to: 'LICENSE.txt' },
  ],

  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
    resetAdHocDarwinSignature: true,
  },

  mac: {
    // ONNX Runtime has no build for Macs with Intel processors.
    target: [{ target: 'dmg', arch: ['arm64'] }],
    category: 'public.app-category.video',
    icon: '../resources/icon.icns',
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: 'entitlements.mac.plist',
    entitlementsInherit: 'entitlements.mac.plist',
    // A project is a folder; a Mac shows it as one thing that opens with a double click.
    fileAssociations: [{ ext: 'sluice', name: 'Sluice project', role: 'Editor', isPackage: true }],
  },
  win: {
    // ffmpeg-static has no build for Windows on ARM, where this one runs emulated.
    target: [{ target: 'nsis', arch: ['x64'] }],
    icon: '../resources/icon.ico',
  },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
  linux: {
    target: [
      { target: 'AppImage', arch: ['x64'] },
      { target: 'deb', arch: ['x64'] },
    ],
    category: 'AudioVideo',
    icon: '../resources/icons',
    executableName: 'sluice',
    maintainer: 'Sluice maintainers <maintainers@users.noreply.r-seed-03e99276.example>',
    synopsis: 'Direct a cascade of video diffusion models, stage by stage, on your own machine.',
  },
};
