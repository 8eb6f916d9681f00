/**
 * What is seen before one is let in. The token stands behind the `#` of the one-time address, which browsers never send: the page's
 * script takes it out of the address bar and posts it, so that no GET changes anything and no log, history or Referer holds it.
 */

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="dark light">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; max-width: 34em; margin: 20vh auto; padding: 0 1em }
code { font-family: ui-monospace, monospace }
</style>
</head>
<body>${body}</body>
</html>
`;
}

export const enterPage = page(
  'Sluice',
  '<main><h1>Sluice</h1><p id="state" role="status">Opening the studio…</p></main><script src="/enter.js"></script>',
);

export const enterScript = `const state = document.getElementById('state');
const token = location.hash.slice(1);
history.replaceState(null, '', location.pathname);
const headers = { 'Content-Type': 'application/json' };
fetch('/enter', { method: 'POST', headers, body: JSON.stringify({ token }) }).then(
  (answer) => {
    if (answer.ok) location.replace('/');
    else state.textContent = 'This address has been used, or belongs to another start. Use the newest one in the terminal.';
  },
  () => {
    state.textContent = 'Sluice does not answer. Start it again in the terminal.';
  },
);
`;

export const lockedPage = page(
  'Sluice: locked',
  '<main><h1>Sluice</h1><p>This window has not been let in. Open the address that <code>sluice serve</code> printed in the terminal.</p></main>',
);
