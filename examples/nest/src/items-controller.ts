import { Controller, Get, Param } from '@nestjs/common';

/** Answers for one item. */
@Controller('items')
export class ItemsController {
  /** The item with this id. */
  @Get(':id')
  item(@Param('id') id: string): { id: string } {
    return { id };
  }
}
