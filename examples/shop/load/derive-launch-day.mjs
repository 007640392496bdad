// Makes launch-day.csv from the requests per second of NASA Kennedy Space Center's web server on
// 13 July 1995:
//   node load/derive-launch-day.mjs TRACE > load/launch-day.csv
// TRACE has one count per second and line, 86,400 of them, after lines that start with #.
import { readFileSync } from 'node:fs';

// The day from 04:00 to midnight in three minutes: 400 times as fast.
const FROM_HOUR = 4;
const TO_HOUR = 24;
const RUN_SECONDS = 180;
/** What the quiet hours from midnight to 04:00 become on average, and the busiest time of the day. */
const NIGHT_PER_SECOND = 5;
const MOST_PER_SECOND = 120;
/** The server was down for a quarter of an hour in the evening; the load never stops altogether. */
const LEAST_PER_SECOND = 2;
/** Counts are averaged over so long: the trace has 1.6 requests a second, most of its jumps are chance. */
const SMOOTHING_SECONDS = 1800;

const counts = readFileSync(process.argv[2], 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map(Number);

const traceSecondsPerRunSecond = ((TO_HOUR - FROM_HOUR) * 3600) / RUN_SECONDS;
const rates = Array.from({ length: RUN_SECONDS + 1 }, (_, second) =>
  averageAround(FROM_HOUR * 3600 + second * traceSecondsPerRunSecond),
);
const night = average(counts.slice(0, FROM_HOUR * 3600));
const most = Math.max(...rates);

process.stdout
  .write(`# A shuttle launch day in three minutes: the shape of 13 July 1995, 04:00 to 24:00, at NASA Kennedy Space
# Center's web server, 400 times as fast, averaged over 30 minutes of the day, and scaled so that the
# night before is ${NIGHT_PER_SECOND} requests a second, the busiest time ${MOST_PER_SECOND} and none below ${LEAST_PER_SECOND}. Made by derive-launch-day.mjs.
# Origin: NASA-HTTP, Internet Traffic Archive, "may be freely redistributed"; see NOTICE.md.
# request 9 GET /items/{1..200}
# request 1 POST /orders {"item": 7}
seconds,requests_per_second
${rates.map((rate, second) => `${second},${scaled(rate).toFixed(1)}`).join('\n')}
`);

function averageAround(second) {
  const from = Math.round(Math.max(0, second - SMOOTHING_SECONDS / 2));
  return average(counts.slice(from, Math.min(counts.length, from + SMOOTHING_SECONDS)));
}

function average(part) {
  return part.reduce((sum, count) => sum + count, 0) / part.length;
}

function scaled(rate) {
  const share = (rate - night) / (most - night);
  const perSecond = NIGHT_PER_SECOND + share * (MOST_PER_SECOND - NIGHT_PER_SECOND);
  return Math.max(LEAST_PER_SECOND, perSecond);
}
