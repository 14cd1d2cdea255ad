// Packs the package and installs the tarball where the tests use it: in an empty project, in a copy of the
// examples, and with SEAMLINT_FULL beside large runtimes.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const root = new URL("../", import.meta.url);
const packed = new URL(".packed/", root);
const project = new URL("project/", packed);
rmSync(packed, { recursive: true, force: true });
mkdirSync(project, { recursive: true });
const npm = (cwd, ...args) => execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
const install = (cwd, ...args) => npm(cwd, "install", "--no-audit", "--no-fund", "--prefer-offline", ...args);
const [{ filename, files }] = JSON.parse(npm(root, "pack", "--json", "--pack-destination", packed.pathname));
// Whoever packs the same files gets the same tarball, so that a published one can be checked.
mkdirSync(new URL("again/", packed));
npm(root, "pack", "--json", "--pack-destination", new URL("again/", packed).pathname);
const [first, second] = ["", "again/"].map((folder) => readFileSync(new URL(`${folder}${filename}`, packed)));
if (!first.equals(second)) throw new Error(`${filename} differs from a second one of the same files`);
writeFileSync(new URL("files.json", packed), JSON.stringify(files.map((file) => file.path)));
writeFileSync(new URL("package.json", project), '{ "name": "empty", "private": true, "type": "module" }\n');
install(project, new URL(filename, packed).pathname);

/** Installs a folder of the package in `.packed/`, with the tarball and the versions of its lock file. */
function copy(name, from) {
  const to = new URL(`${name}/`, packed);
  cpSync(new URL(from, root), to, { recursive: true, filter: (path) => !/\/(node_modules|dist)$/.test(path) });
  const edit = (file, change) => {
    const json = JSON.parse(readFileSync(new URL(file, to), "utf8"));
    change(json);
    writeFileSync(new URL(file, to), JSON.stringify(json, undefined, 2));
  };
  edit("package.json", ({ dependencies }) => {
    dependencies.seamlint = `file:../${filename}`;
  });
  // In the repository the examples use the package beside them.
  edit("package-lock.json", ({ packages }) => {
    delete packages[".."];
    delete packages["node_modules/seamlint"];
  });
  install(to);
}
copy("examples", "examples/");
if (process.env.SEAMLINT_FULL) copy("runtimes", "test/runtimes/");
