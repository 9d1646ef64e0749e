#pragma once

#include <cstdint>
#include <optional>

#include "core/result.h"

namespace zcl {

/// Share of the `bytes` of `fd` that are in the page cache, 0 to 1 (1 for an empty file: nothing is missing).
///
/// cachestat(2) where there is one (Linux 6.5) and it sees any page, else mincore(2): one filesystem on top of another,
/// as overlayfs is, keeps no pages of its own, and cachestat looks only there. It asks the mapping of the file as it
/// was opened (mm/filemap.c, cachestat: f_mapping), while reads and mappings are passed on to the file below
/// (fs/overlayfs/file.c, ovl_read_iter; fs/backing-file.c, backing_file_mmap, by which mincore sees that one). To a
/// user who neither owns nor may write the file, cachestat says EPERM and mincore says that all of it is there; both
/// are null here.
Result<std::optional<double>> residency(int fd, uint64_t bytes);

}  // namespace zcl
