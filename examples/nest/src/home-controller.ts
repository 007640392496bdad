import { All, Controller } from '@nestjs/common';

/** Answers for the start page. */
@Controller()
export class HomeController {
  /** A greeting. */
  @All()
  home(): string {
    return 'hello\n';
  }
}
