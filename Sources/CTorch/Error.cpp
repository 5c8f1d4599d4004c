#include "CTorchError.h"

#include "Support.hpp"

namespace ctorch {

static thread_local std::string last_error;

void set_error(const char *message) { last_error = message; }

}  // namespace ctorch

const char *ct_error_message(void) { return ctorch::last_error.c_str(); }
