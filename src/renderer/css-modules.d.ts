/** What Vite makes of a CSS Module: class names by the names they have in the file. */
declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>;
  export default classes;
}

declare module '*.css';

/** Vite makes the picture's address of it. */
declare module '*.svg' {
  const address: string;
  export default address;
}
