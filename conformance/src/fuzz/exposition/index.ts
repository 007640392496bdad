import { main } from './main.ts';

process.exitCode = await main(process.argv.slice(2), {
  print: (line) => {
    console.log(line);
  },
  printError: (line) => {
    console.error(line);
  },
});
