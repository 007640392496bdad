const HTML: Readonly<Record<string, string>> = {
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\0': '\ufffd',
};
const JAVA_SCRIPT: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '<': '\\u003C',
  '>': '\\u003E',
  '&': '\\u0026',
  '=': '\\u003D',
};

/** `html` of templates. @see golang/go go1.26 src/text/template/funcs.go HTMLEscape */
export function escapeHtml(text: string): string {
  return text.replace(/["'&<>\0]/g, (character) => HTML[character] ?? character);
}

/** `js` of templates. @see golang/go go1.26 src/text/template/funcs.go JSEscape */
export function escapeJavaScript(text: string): string {
  return text.replace(/[\\'"<>&=]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return JAVA_SCRIPT[character] ?? `\\u${code.padStart(4, '0')}`;
  });
}

/** `urlquery` of templates. @see golang/go go1.26 src/net/url/url.go QueryEscape */
export function escapeQuery(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString())
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}
