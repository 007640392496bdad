import { describe, expect, test } from 'vitest';
import { escapeHtml, escapeJavaScript, escapeQuery } from '../../src/template/escape-text.ts';

const text = `a="<b>"&'c' é\n/~(x)*`;

describe('escapes of templates', () => {
  test('html', () => {
    expect(escapeHtml(text)).toBe('a=&#34;&lt;b&gt;&#34;&amp;&#39;c&#39; é\n/~(x)*');
  });

  test('js', () => {
    expect(escapeJavaScript(text)).toBe(
      `a\\u003D\\"\\u003Cb\\u003E\\"\\u0026\\'c\\' é\\u000A/~(x)*`,
    );
  });

  test('urlquery', () => {
    expect(escapeQuery(text)).toBe('a%3D%22%3Cb%3E%22%26%27c%27+%C3%A9%0A%2F~%28x%29%2A');
  });
});
