// What the files of this target share: references in and out, and the one place where C++
// exceptions end.
#pragma once

#include <string>

#include <ATen/core/Tensor.h>
#include <ATen/core/Generator.h>

#include "CTorchTensor.h"
#include "CTorchOperator.h"

namespace ctorch {

void set_error(const char *message);

/// A tensor borrowed from the other side (NULL becomes an undefined tensor).
inline at::Tensor borrow(ct_tensor tensor) {
  if (tensor == nullptr) return {};
  return at::Tensor(c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::reclaim_copy(
      reinterpret_cast<at::TensorImpl *>(tensor)));
}

/// An owned reference for the other side (an undefined tensor becomes NULL).
inline ct_tensor give(at::Tensor tensor) {
  if (!tensor.defined()) return nullptr;
  return reinterpret_cast<ct_tensor>(tensor.unsafeReleaseTensorImpl());
}

inline at::TensorImpl *look(ct_tensor tensor) {
  return reinterpret_cast<at::TensorImpl *>(tensor);
}

/// Runs `body` and returns its result; an exception becomes `failure` and an error message.
template <typename Result, typename Body>
Result guarded(Result failure, Body &&body) noexcept {
  try {
    return body();
  } catch (const c10::Error &error) {
    set_error(error.what_without_backtrace());
  } catch (const std::exception &error) {
    set_error(error.what());
  } catch (...) {
    set_error("libtorch threw something that is not an exception");
  }
  return failure;
}

}  // namespace ctorch
