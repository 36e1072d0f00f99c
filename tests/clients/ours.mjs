// Our own doors, asked through the examples of crates/atlassian: a line of JSON in, a line of JSON out.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const examples = process.env.POSTROOM_EXAMPLES ?? fileURLToPath(new URL("../../target/debug/examples", import.meta.url));

export class Ours {
  #process;
  #answers;

  /** `before` is what the example is started with, to pin it to a core. */
  constructor(program, before = []) {
    const [file, ...args] = [...before, `${examples}/${program}`];
    this.#process = spawn(file, args, { stdio: ["pipe", "pipe", "inherit"] });
    this.#process.on("error", () => {
      throw new Error(`${examples}/${program} is not built: run it by \`make clients\``);
    });
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  async ask(wanted) {
    this.#process.stdin.write(`${JSON.stringify(wanted)}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error("the example ended before it answered");
    const answer = JSON.parse(value);
    if (answer.error) throw new Error(`the example did not understand ${JSON.stringify(wanted)}: ${answer.error}`);
    return answer;
  }

  stop() {
    this.#process.stdin.end();
  }
}

/** `path?query` of a URL, byte for byte: what stands in the request line. */
export function target(url) {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  return start < 0 ? "/" : url.slice(start);
}
