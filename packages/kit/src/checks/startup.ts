/** The start gate. */
export interface Startup {
  /**
   * Keeps the service from being ready until `work` has ended, whenever `kit.ready()` is called. When it rejects, the
   * service stays not started: `/readyz/startup-NAME` and the log say why, and the startup probe lets the kubelet
   * restart the container. The process is not ended. To try again, block with new work under the same name: it takes
   * the place of the former.
   * @param name - 1 to 56 letters, digits, `_`, `.` or `-`. @defaultValue 'work'
   * @throws BellowsError `ERR_KIT_OPTION` for a bad name.
   */
  block(work: Promise<unknown>, name?: string): void;
}
