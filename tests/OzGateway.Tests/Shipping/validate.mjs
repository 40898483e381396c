// Validates files of Kubernetes objects by the models of kubernetes-models: types, words, what is required.
// node validate.mjs FOLDER FILE...   where FOLDER holds node_modules. Prints what is wrong, then of each file how many objects were looked at.
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

const modules = join(process.argv[2], "node_modules");
const packages = ["kubernetes-models", "@kubernetes-models/gateway-api", "@kubernetes-models/prometheus-operator"];
const load = (...path) => import(pathToFileURL(join(modules, ...path)));
const { parseAllDocuments } = await load("yaml", "dist", "index.js");

let wrong = 0;
const say = (name, what) => { wrong++; console.log(`${name}: ${what}`); };

async function validate(document, file) {
  const object = document.toJS();
  if (object === null) return 0;
  const name = `${file}: ${object.kind} ${object.metadata?.name}`;
  for (const error of [...document.errors, ...document.warnings]) say(name, error.message);
  const place = packages.find((pack) => existsSync(join(modules, pack, ...object.apiVersion.split("/"), `${object.kind}.js`)));
  if (place === undefined) { say(name, `no model of ${object.apiVersion}`); return 1; }
  const Model = (await load(place, ...object.apiVersion.split("/"), `${object.kind}.js`))[object.kind];
  try { new Model(object).validate(); } catch (error) { say(name, error.message); }
  return 1;
}

for (const file of process.argv.slice(3)) {
  let seen = 0;
  for (const document of parseAllDocuments(readFileSync(file, "utf8"), { version: "1.1" })) seen += await validate(document, basename(file));
  console.log(`${basename(file)}: ${seen} objects`);
}
process.exitCode = wrong === 0 ? 0 : 1;
