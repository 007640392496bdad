import { describe, expect, test } from 'vitest';
import { createTemplate } from '../../src/template/template.ts';

/** What prometheus-adapter gives its templates. */
const data = {
  Series: 'http_requests_total',
  LabelMatchers: 'namespace="shop",pod=~"a|b"',
  LabelValuesByName: new Map([
    ['pod', 'a|b'],
    ['namespace', 'shop'],
  ]),
  GroupBy: 'pod',
  GroupBySlice: ['pod', 'container'],
};

function run(source: string): string {
  return createTemplate('query', source).execute(data);
}

describe('createTemplate', () => {
  test('fills in fields between << and >>', () => {
    expect(run('sum(<<.Series>>{<< .LabelMatchers >>}) by (<<.GroupBy>>)')).toBe(
      'sum(http_requests_total{namespace="shop",pod=~"a|b"}) by (pod)',
    );
  });

  test.each([
    ['a  <<- .GroupBy ->>  b', 'apodb'],
    ['a << "<<" >> b', 'a << b'],
    ['<<.GroupBy>>>>', 'pod>>'],
    ['<</* note */>><<- /* note */ ->> x', 'x'],
    ['{{.Series}}', '{{.Series}}'],
    ['<<.LabelValuesByName>>', 'map[namespace:shop pod:a|b]'],
    ['<<.LabelValuesByName.absent>>', '<no value>'],
    ['<<index .LabelValuesByName "absent">>', ''],
    ['<<range $i, $v := .GroupBySlice>><<$i>>=<<$v>>;<<end>>', '0=pod;1=container;'],
    ['<<range $k, $v := .LabelValuesByName>><<$k>>=<<$v>>;<<end>>', 'namespace=shop;pod=a|b;'],
    [
      '<<range .GroupBySlice>><<if eq . "pod">><<continue>><<end>><<.>><<else>>none<<end>>',
      'container',
    ],
    ['<<range 3>><<.>><<if eq . 1>><<break>><<end>><<end>>', '01'],
    ['<<with .GroupBy>>(<<.>><<$.Series>>)<<else>>none<<end>>', '(podhttp_requests_total)'],
    ['<<$x := "a">><<if true>><<$x = "b">><<$y := $x>><<$y>><<end>><<$x>>', 'bb'],
    ['<<if false>>a<<else if .GroupBy>>b<<else>>c<<end>>', 'b'],
    ['<<define "t">>[<<.>>]<<end>><<template "t" .GroupBy>>', '[pod]'],
    ['<<block "b" .GroupBy>><<.>>!<<end>>', 'pod!'],
    ['<<.GroupBySlice | len | printf "%03d">>', '002'],
    ['<<(index .GroupBySlice 1) | printf "%q">>', '"container"'],
    ['<<and 0 (index .GroupBySlice 9)>>', '0'],
    ['<<or .GroupBy (index .GroupBySlice 9)>>', 'pod'],
    ["<<'a'>> <<0x10>> <<1e3>> <<`r\\w`>>", '97 16 1000 r\\w'],
  ])('%s is %j', (source, text) => {
    expect(run(source)).toBe(text);
  });

  test.each([
    '<<.Series',
    '<<>>',
    '<<end>>',
    '<<if .Series>>x',
    '<<if .Series>>x<<else>>y<<else>>z<<end>>',
    '<<nope .Series>>',
    '<<$x>>',
    '<<"open>>',
    '<<<.Series>>',
    '<<(.Series>>',
    '<<.Series)>>',
    '<<break>>',
    '<<.Series | "x">>',
    '<</* note >>',
    '<<if true>><<define "t">>x<<end>><<end>>',
    '<<define "t">>a<<end>><<define "t">>b<<end>>',
    '<<"\\q">>',
    '<<12x>>',
  ])('refuses to read %s', (source) => {
    expect(() => run(source)).toThrow(expect.objectContaining({ code: 'ERR_ADAPTER_TEMPLATE' }));
  });

  test.each([
    '<<.Foo>>',
    '<<.Series.Foo>>',
    '<<index .GroupBySlice 5>>',
    '<<index .GroupBySlice "a">>',
    '<<template "none">>',
    '<<call .Series>>',
    '<<len 3>>',
    '<<range .Series>>x<<end>>',
    '<<slice .Series 5 2>>',
    '<<eq .GroupBySlice .GroupBySlice>>',
    '<<eq 1 "a">>',
    '<<.Series .GroupBy>>',
    '<<nil>>',
    '<<define "t">><<template "t">><<end>><<template "t">>',
  ])('reads %s but cannot run it', (source) => {
    const template = createTemplate('query', source);
    expect(() => template.execute(data)).toThrow(
      expect.objectContaining({ code: 'ERR_ADAPTER_TEMPLATE' }),
    );
  });

  test('ends a template that makes too much', () => {
    const source = '<<range 1000000>><<range 1000000>>xxxxxxxxxx<<end>><<end>>';
    expect(() => run(source)).toThrow(/makes more than 1000000 characters/);
  });

  test('refuses actions nested without end', () => {
    expect(() => run(`${'<<if true>>'.repeat(200)}x${'<<end>>'.repeat(200)}`)).toThrow(
      /nested deeper/,
    );
    expect(() => run(`<<${'('.repeat(200)}1${')'.repeat(200)}>>`)).toThrow(/nested deeper/);
  });
});
