/** CPU time that the kit's admin thread says it has used, in seconds; undefined when it does not say. */
export async function adminCpuSeconds(probePort: number): Promise<number | undefined> {
  const answer = await fetch(`http://127.0.0.1:${probePort}/metrics`, {
    signal: AbortSignal.timeout(5_000),
  });
  const value = /^bellows_admin_cpu_seconds_total (\S+)$/m.exec(await answer.text())?.[1];
  return value === undefined ? undefined : Number(value);
}
