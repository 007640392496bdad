import { createKit } from '@bellows/kit';
import { environmentNumber } from './environment-number.ts';
import { createShop } from './shop.ts';

const port = environmentNumber('PORT', 8080, [0, 65_535]);
const kit = createKit();
await kit.start();
const shop = createShop(kit, {
  itemCpuMs: environmentNumber('ITEM_CPU_MS', 1, [0, 1000]),
  orderMs: environmentNumber('ORDER_MS', 20, [0, 10_000]),
});
shop.listen(port, () => {
  kit.ready();
});
