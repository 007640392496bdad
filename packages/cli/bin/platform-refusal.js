// Plain JavaScript without imports: it runs on machines where nothing else of Bellows does.

/** Why Bellows cannot run on this machine, and what to do; undefined when it can. */
export function platformRefusal() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    return `Bellows needs Node 20.19 or newer, this is ${process.versions.node}. See https://nodejs.org/en/download`;
  }
  if (process.platform === 'win32') {
    return 'Bellows does not run on Windows itself: pods need POSIX signals and process groups. Run it inside WSL2: https://learn.microsoft.com/windows/wsl/install';
  }
  return undefined;
}
