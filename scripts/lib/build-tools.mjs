import { firstLine } from './run.mjs';
import { bringPackages } from './system-packages.mjs';

const compilers = ['c++', 'g++', 'clang++'];

/** node-gyp needs Python, make and a C++ compiler. */
export async function checkBuildTools() {
  const own = process.env.CXX;
  const [python, make, ...compiler] = await Promise.all([
    firstLine('python3', ['--version']),
    firstLine('make', ['--version']),
    // CXX may hold arguments, or a wrapper: "ccache g++".
    ...(own ? [firstLine('sh', ['-c', `${own} --version`])] : compilers.map((name) => firstLine(name, ['--version']))),
  ]);
  const missing = [];
  if (!python) missing.push({ name: 'Python 3', apt: ['python3'], dnf: ['python3'] });
  if (!make) missing.push({ name: 'make', apt: ['make'], dnf: ['make'] });
  if (!compiler.some(Boolean)) missing.push({ name: 'a C++ compiler', apt: ['g++'], dnf: ['gcc-c++'] });
  await bringPackages(missing, 'to build the addon');
}
