// The scripts of this folder, in the Python that has the packages of requirements.txt.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
export const python = path("../../var/clients/bin/python");

/** What the script prints, read as JSON. */
export function python3(script, args, input) {
  return new Promise((resolve, reject) => {
    const child = execFile(python, [path(script), ...args], (error, stdout, stderr) =>
      error ? reject(new Error(`${error.message}\n${stderr}`)) : resolve(JSON.parse(stdout)),
    );
    child.stdin.end(input);
  });
}
