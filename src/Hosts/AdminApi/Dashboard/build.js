// Bundles src into dist, or into the folder given. The same sources give the same bytes: a test compares them with dist.
import { cp, mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";

const here = new URL(".", import.meta.url);
const path = (name) => fileURLToPath(new URL(name, here));
const [folder] = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const output = folder ?? path("dist");

const options = {
  absWorkingDir: path("."),
  entryPoints: { app: "src/main.tsx", theme: "src/app/theme-at-start.ts" },
  outdir: output,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022"],
  jsx: "automatic",
  jsxImportSource: "preact",
  loader: { ".woff2": "file" },
  assetNames: "[name]",
  legalComments: "none",
  charset: "utf8",
  logLevel: "warning",
};

await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });
for (const file of ["index.html", "favicon.svg"])
  await cp(path(`src/${file}`), `${output}/${file}`);
if (process.argv.includes("--watch")) {
  const watching = await context(options);
  await watching.watch();
} else {
  await build(options);
}
