#pragma once

#include <string>

namespace zcl {

/// Path of the shared object that this code was loaded from; empty when it is linked into the program itself.
std::string own_file();

}  // namespace zcl
