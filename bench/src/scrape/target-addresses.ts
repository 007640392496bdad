/** So many addresses of this machine, each with the port: targets of their own, all served by one process. */
export function targetAddresses(count: number, port: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const [high, low] = [Math.floor(index / 250), (index % 250) + 1];
    return `127.10.${high}.${low}:${port}`;
  });
}
