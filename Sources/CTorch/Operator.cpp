#include <vector>

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/List.h>

#include "Support.hpp"

using namespace ctorch;

namespace {

/// What an operator's schema wants for one argument, decided once.
enum class Wanted { tensor, tensors, optional_tensors, optional_numbers, real, number, integer, anything };

struct Operator {
  c10::OperatorHandle handle;
  std::vector<Wanted> wanted;
};

Wanted wanted_for(const c10::Argument &argument) {
  c10::TypePtr type = argument.real_type();
  if (auto optional = type->cast<c10::OptionalType>()) type = optional->getElementType();
  switch (type->kind()) {
    case c10::TypeKind::TensorType: return Wanted::tensor;
    case c10::TypeKind::FloatType: return Wanted::real;
    case c10::TypeKind::NumberType: return Wanted::number;
    case c10::TypeKind::IntType:
    case c10::TypeKind::SymIntType: return Wanted::integer;
    case c10::TypeKind::ListType: {
      auto element = type->castRaw<c10::ListType>()->getElementType();
      if (element->kind() == c10::TypeKind::TensorType) return Wanted::tensors;
      if (auto optional = element->cast<c10::OptionalType>()) {
        return optional->getElementType()->kind() == c10::TypeKind::NumberType ? Wanted::optional_numbers
                                                                                : Wanted::optional_tensors;
      }
      return Wanted::anything;
    }
    default: return Wanted::anything;
  }
}

thread_local c10::Stack stack;
thread_local std::vector<c10::IValue> results;

[[noreturn]] void refuse(const Operator &op, size_t index, const char *expected) {
  const auto &argument = op.handle.schema().arguments()[index];
  TORCH_CHECK(false, "argument ", index + 1, " (", argument.name(), ") must be ", expected);
}

/// Checks an argument against the schema, and makes of an integer the real number, and of a list of tensors or
/// numbers the list of optional ones, that the schema asks for.
void fit(const Operator &op, size_t index, c10::IValue &value) {
  switch (op.wanted[index]) {
    case Wanted::tensor:
      if (!value.isTensor() && !value.isNone()) refuse(op, index, "a tensor");
      return;
    case Wanted::tensors:
      if (!value.isTensorList()) refuse(op, index, "a list of tensors without gaps");
      return;
    case Wanted::optional_tensors: {
      if (!value.isTensorList()) return;
      c10::List<std::optional<at::Tensor>> list;
      for (const at::Tensor &tensor : value.toTensorVector()) list.push_back(tensor);
      value = std::move(list);
      return;
    }
    case Wanted::optional_numbers: {
      if (!value.isDoubleList()) refuse(op, index, "a list of numbers");
      c10::List<std::optional<at::Scalar>> list;
      for (double number : value.toDoubleVector()) list.push_back(at::Scalar(number));
      value = std::move(list);
      return;
    }
    case Wanted::real:
      if (value.isInt()) value = static_cast<double>(value.toInt());
      if (!value.isDouble() && !value.isNone()) refuse(op, index, "a real number");
      return;
    case Wanted::number:
      if (!value.isScalar() && !value.isNone()) refuse(op, index, "a number");
      return;
    case Wanted::integer:
      if (!value.isInt() && !value.isNone()) refuse(op, index, "an integer");
      return;
    case Wanted::anything: return;
  }
}

/// Leaves the operator's results on the stack above `base`.
void call(ct_operator opaque, size_t count, size_t base) {
  TORCH_CHECK(opaque != nullptr, "this libtorch has no such operator");
  const Operator &op = *reinterpret_cast<const Operator *>(opaque);
  const auto &arguments = op.handle.schema().arguments();
  TORCH_CHECK(count <= arguments.size(), "it takes ", arguments.size(), " arguments, not ", count);
  for (size_t index = 0; index < count; ++index) fit(op, index, stack[base + index]);
  for (size_t index = count; index < arguments.size(); ++index) {
    const auto &value = arguments[index].default_value();
    TORCH_CHECK(value.has_value(), "argument ", index + 1, " (", arguments[index].name(),
                ") is missing and has no default");
    stack.push_back(*value);
  }
  op.handle.callBoxed(&stack);
}

template <typename Result, typename Body>
Result calling(size_t count, Result failure, Body &&body) {
  const size_t base = stack.size() - count;
  Result result = guarded<Result>(failure, [&] { return body(base); });
  stack.resize(base);
  return result;
}

}  // namespace

ct_operator ct_operator_find(const char *name, const char *overload) {
  return guarded<ct_operator>(nullptr, [&]() -> ct_operator {
    auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
    TORCH_CHECK(handle.has_value(), "this libtorch has no operator ", name, ".", overload);
    auto op = new Operator{*handle, {}};
    for (const auto &argument : handle->schema().arguments()) op->wanted.push_back(wanted_for(argument));
    return reinterpret_cast<ct_operator>(op);
  });
}

void ct_push_none(void) { stack.emplace_back(); }
void ct_push_tensor(ct_tensor tensor) { stack.emplace_back(borrow(tensor)); }
void ct_push_integer(int64_t value) { stack.emplace_back(value); }
void ct_push_real(double value) { stack.emplace_back(value); }
void ct_push_boolean(bool value) { stack.emplace_back(value); }
void ct_push_string(const char *value) { stack.emplace_back(std::string(value)); }

void ct_push_device(int32_t type, int32_t index) {
  stack.emplace_back(c10::Device(static_cast<c10::DeviceType>(type), static_cast<c10::DeviceIndex>(index)));
}

void ct_push_generator(ct_generator generator) {
  stack.emplace_back(*reinterpret_cast<at::Generator *>(generator));
}

void ct_push_integers(const int64_t *values, size_t count) {
  stack.emplace_back(at::IntArrayRef(values, count));
}

void ct_push_reals(const double *values, size_t count) {
  stack.emplace_back(at::ArrayRef<double>(values, count));
}

void ct_push_booleans(const bool *values, size_t count) {
  c10::List<bool> list;
  for (size_t index = 0; index < count; ++index) list.push_back(values[index]);
  stack.emplace_back(std::move(list));
}

void ct_push_tensors(const ct_tensor *values, size_t count) {
  bool gaps = false;
  for (size_t index = 0; index < count; ++index) gaps = gaps || values[index] == nullptr;
  if (gaps) {
    c10::List<std::optional<at::Tensor>> list;
    for (size_t index = 0; index < count; ++index) {
      if (values[index] == nullptr) list.push_back(std::nullopt);
      else list.push_back(borrow(values[index]));
    }
    stack.emplace_back(std::move(list));
  } else {
    c10::List<at::Tensor> list;
    list.reserve(count);
    for (size_t index = 0; index < count; ++index) list.push_back(borrow(values[index]));
    stack.emplace_back(std::move(list));
  }
}

ct_tensor ct_call_tensor(ct_operator op, size_t count) {
  return calling<ct_tensor>(count, nullptr, [&](size_t base) {
    call(op, count, base);
    TORCH_CHECK(stack.size() == base + 1 && stack.back().isTensor(), "it does not return one tensor");
    return give(std::move(stack.back()).toTensor());
  });
}

int64_t ct_call(ct_operator op, size_t count) {
  return calling<int64_t>(count, -1, [&](size_t base) -> int64_t {
    call(op, count, base);
    results.clear();
    for (size_t index = base; index < stack.size(); ++index) {
      if (stack[index].isTensorList()) {
        for (const at::Tensor &tensor : stack[index].toTensorVector()) results.emplace_back(tensor);
      } else {
        results.push_back(std::move(stack[index]));
      }
    }
    return static_cast<int64_t>(results.size());
  });
}

ct_tensor ct_result_tensor(size_t index) {
  if (index >= results.size() || !results[index].isTensor()) return nullptr;
  return give(results[index].toTensor());
}

double ct_result_real(size_t index) {
  return guarded<double>(0.0, [&] { return results.at(index).toScalar().toDouble(); });
}

int64_t ct_result_integer(size_t index) {
  return guarded<int64_t>(0, [&] { return results.at(index).toScalar().toLong(); });
}
