import { summaryLines } from '../report/summary.ts';
import type { Screen } from '../terminal/screen.ts';
import { renderFrame } from '../view/frame.ts';
import type { RunView } from '../view/run-view.ts';
import type { Notice, Output } from './output.ts';

/** Time between two frames, in milliseconds. */
const FRAME_MS = 250;

/**
 * The live view on the alternate screen. Notices that come while it is shown are printed when it is over;
 * logs are shown in the view.
 */
export function createLiveOutput(screen: Screen, color: boolean): Output {
  let timer: NodeJS.Timeout | undefined;
  let held: Notice[] = [];
  const print = ({ level, text }: Notice): void => {
    screen.print(level === 'warning' ? `warning: ${text}` : text);
  };
  return {
    notice: (notice) => {
      if (timer === undefined) print(notice);
      else held.push(notice);
    },
    begin: (view: () => RunView) => {
      const draw = (): void => {
        screen.draw(renderFrame(view(), screen.size(), color));
      };
      screen.enter(draw);
      draw();
      timer = setInterval(draw, FRAME_MS);
    },
    tick: () => undefined,
    decision: () => undefined,
    event: () => undefined,
    log: () => undefined,
    end: () => {
      clearInterval(timer);
      timer = undefined;
      screen.leave();
      for (const notice of held) print(notice);
      held = [];
    },
    summary: (report) => {
      for (const text of summaryLines(report, color, screen.size().columns)) screen.print(text);
    },
  };
}
