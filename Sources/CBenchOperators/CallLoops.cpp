#include "CBenchOperators.h"

#include <ATen/core/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/ops/add.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/mul.h>
#include <ATen/ops/sum.h>

namespace {

at::Tensor borrow(cb_tensor tensor) {
  return at::Tensor(c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::reclaim_copy(
      reinterpret_cast<at::TensorImpl *>(tensor)));
}

template <typename Function>
void call_typed(cb_tensor first, cb_tensor second, size_t count, Function &&function) {
  const at::Tensor a = borrow(first), b = borrow(second);
  for (size_t index = 0; index < count; ++index) at::Tensor result = function(a, b);
}

}  // namespace

void cb_call_boxed(const char *name, const char *overload, const cb_tensor *arguments, size_t argument_count,
                   size_t count) {
  const auto handle = c10::Dispatcher::singleton().findSchemaOrThrow(name, overload);
  const auto &parameters = handle.schema().arguments();
  std::vector<at::Tensor> tensors;
  for (size_t index = 0; index < argument_count; ++index) tensors.push_back(borrow(arguments[index]));
  c10::Stack stack;
  for (size_t repetition = 0; repetition < count; ++repetition) {
    for (const at::Tensor &tensor : tensors) stack.emplace_back(tensor);
    for (size_t index = argument_count; index < parameters.size(); ++index) {
      stack.push_back(*parameters[index].default_value());
    }
    handle.callBoxed(&stack);
    at::Tensor result = std::move(stack.back()).toTensor();
    stack.clear();
  }
}

void cb_call_multiply(cb_tensor first, cb_tensor second, size_t count) {
  call_typed(first, second, count, [](const at::Tensor &a, const at::Tensor &b) { return at::mul(a, b); });
}

void cb_call_add(cb_tensor first, cb_tensor second, size_t count) {
  call_typed(first, second, count, [](const at::Tensor &a, const at::Tensor &b) { return at::add(a, b); });
}

void cb_call_sum(cb_tensor first, cb_tensor second, size_t count) {
  call_typed(first, second, count, [](const at::Tensor &a, const at::Tensor &) { return at::sum(a); });
}

void cb_call_matmul(cb_tensor first, cb_tensor second, size_t count) {
  call_typed(first, second, count, [](const at::Tensor &a, const at::Tensor &b) { return at::matmul(a, b); });
}
