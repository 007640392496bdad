import { Module } from '@nestjs/common';
import { HomeController } from './home-controller.ts';
import { ItemsController } from './items-controller.ts';

/** All of the service. */
@Module({ controllers: [HomeController, ItemsController] })
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- Nest's modules are classes that hold nothing
export class AppModule {}
