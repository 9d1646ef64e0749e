# The addons are made of every source there is: to add a mode is to add a file to native/modes/ or native/exchanges/.
{
  'target_defaults': {
    'defines': [
      'NAPI_VERSION=8',
      'NODE_ADDON_API_DISABLE_CPP_EXCEPTIONS',
      'NODE_ADDON_API_DISABLE_DEPRECATED',
      # A worker that is being ended can be told nothing more; without this, trying to ends the process.
      'NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
      'NODE_API_NO_EXTERNAL_BUFFERS_ALLOWED',
      '_FILE_OFFSET_BITS=64',
    ],
    'include_dirs': ['native', 'test/native'],
    # The core is C++17. Exceptions stay on for one catch, in native/core/thread.cc; nothing of ours throws.
    'cflags_cc!': ['-fno-exceptions', '-std=gnu++20'],
    'cflags_cc': [
      '-std=gnu++17',
      '-O2',
      '-Wall',
      '-Wextra',
      '-Werror',
      '-fstack-protector-strong',
      '-fvisibility=hidden',
      # As system headers, so that their warnings are not our errors. make runs in build/.
      '-isystem<!(node -p "require(\'node:path\').relative(\'build\', require.resolve(\'node-addon-api/package.json\') + \'/..\')")',
      '-isystem<!(node -p "require(\'node:path\').relative(\'build\', require.resolve(\'xxhash-addon/package.json\') + \'/../xxHash\')")',
    ],
    # scripts/lib/machines.mjs runs the same recipe with the compiler of another machine, which does not know -m64.
    'cflags!': ['-O3', '-m64'],
    'ldflags!': ['-m64'],
    # Node unloads an addon with the last worker that had it; signal handlers of ours stay, and must lead somewhere.
    'ldflags': ['-Wl,-z,nodelete'],
  },
  'targets': [
    {
      'target_name': 'zero_copy_lab',
      'sources': [
        '<!@(node -p "require(\'node:fs\').readdirSync(\'native\', { recursive: true }).filter((file) => file.endsWith(\'.cc\')).map((file) => \'native/\' + file).sort().join(\' \')")',
      ],
      'sources/': [['exclude', '^native/(consumer|launcher|receiver/service)/']],
    },
    {
      # For the tests only: the same, and modes that lie.
      'target_name': 'zero_copy_lab_liars',
      'sources': [
        '<!@(node -p "require(\'node:fs\').readdirSync(\'native\', { recursive: true }).filter((file) => file.endsWith(\'.cc\')).map((file) => \'native/\' + file).sort().join(\' \')")',
        '<!@(node -p "require(\'node:fs\').readdirSync(\'test/native/liars\').filter((file) => file.endsWith(\'.cc\')).map((file) => \'test/native/liars/\' + file).sort().join(\' \')")',
      ],
      'sources/': [['exclude', '^native/(consumer|launcher|receiver/service)/']],
    },
    {
      # The consumer of an exchange between processes: no Node in it. The addon looks for it beside itself.
      'target_name': 'zcl-consumer',
      'type': 'executable',
      'sources': [
        'native/consumer/glibc_floor.cc',
        'native/consumer/main.cc',
        'native/measure/calls.cc',
        'native/measure/latency.cc',
        'native/measure/thread_cost.cc',
        'native/transfer.cc',
        'native/verify/digest.cc',
        '<!@(node -p "[\'core\', \'exchange\', \'exchanges\'].flatMap((folder) => require(\'node:fs\').readdirSync(\'native/\' + folder).filter((file) => file.endsWith(\'.cc\')).map((file) => \'native/\' + folder + \'/\' + file)).sort().join(\' \')")',
      ],
      'sources!': ['native/exchange/process_peer.cc', 'native/exchange/thread_peer.cc'],
      'ldflags': ['-Wl,--wrap=__libc_start_main'],  # see glibc_floor.cc
    },
    {
      # The receiver for another host: one file that runs there as it is. So it is linked statically, where the static
      # libraries are installed; else it runs only where these are the same.
      'target_name': 'zcl-receiver',
      'type': 'executable',
      'sources': [
        'native/host/ethtool.cc',
        'native/host/interface.cc',
        'native/host/route.cc',
        'native/measure/calls.cc',
        'native/measure/host_cpu.cc',
        'native/measure/latency.cc',
        'native/measure/tcp_facts.cc',
        'native/measure/thread_cost.cc',
        'native/paths/unnamed_file.cc',
        'native/receiver/deadline.cc',
        'native/receiver/endpoint.cc',
        'native/receiver/link.cc',
        'native/receiver/receive.cc',
        'native/receiver/taker.cc',
        'native/receiver/token.cc',
        'native/verify/digest.cc',
        '<!@(node -p "[\'core\', \'receiver/takers\', \'receiver/wire\', \'receiver/service\'].flatMap((folder) => require(\'node:fs\').readdirSync(\'native/\' + folder).filter((file) => file.endsWith(\'.cc\')).map((file) => \'native/\' + folder + \'/\' + file)).sort().join(\' \')")',
      ],
      # The library's own definitions come along, and there is no sender in it.
      'sources!': ['native/core/libstdcxx_floor.cc', 'native/receiver/wire/remote.cc'],
      'cflags': ['-ffunction-sections', '-fdata-sections'],
      'cflags_cc!': ['-O2'],
      'cflags_cc': ['-Os'],
      'ldflags': [
        '-Wl,--gc-sections',
        '<!(echo "int main(){}" | ${CXX:-c++} -static -x c++ -o /dev/null - 2> /dev/null && echo -static || echo -Wl,--as-needed)',
      ],
    },
    {
      # What starts the bench process where it may make network namespaces. Looked for beside the addon, too.
      'target_name': 'zcl-launcher',
      'type': 'executable',
      'sources': ['native/consumer/glibc_floor.cc', 'native/core/result.cc', 'native/launcher/main.cc'],
      'ldflags': ['-Wl,--wrap=__libc_start_main'],
    },
  ],
}
