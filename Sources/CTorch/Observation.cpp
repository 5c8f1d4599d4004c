#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

#include <ATen/ops/isfinite.h>
#include <ATen/record_function.h>

#include "CTorchObservation.h"
#include "Support.hpp"

using namespace ctorch;

namespace {

struct Watch {
  std::vector<at::TensorImpl *> known;
  /// Memory that was handed out without numbers. Whoever asked for it fills it behind libtorch's back, so that
  /// neither it nor a view of it is looked at. Weak references keep the addresses from being used again.
  std::vector<c10::weak_intrusive_ptr<c10::StorageImpl>> unfilled;
  at::CallbackHandle handle = 0;
  /// Operators call others; only what was called from outside is looked at.
  int depth = 0;
  /// The known tensor that was an argument last, and whether it was one of the operator in hand.
  int64_t last = -1;
  bool is_argument = false;
  bool found = false;
  ct_finding finding{};
};

thread_local std::unique_ptr<Watch> watch;

/// The memory of a fresh tensor holds whatever lay there.
bool leaves_memory_as_it_is(const char *name) {
  for (const char *prefix : {"aten::empty", "aten::new_empty", "aten::resize", "aten::set_"}) {
    if (std::strncmp(name, prefix, std::strlen(prefix)) == 0) return true;
  }
  return false;
}

bool is_unfilled(const at::Tensor &tensor) {
  if (!tensor.has_storage()) return false;
  const auto *storage = tensor.storage().unsafeGetStorageImpl();
  return std::any_of(watch->unfilled.begin(), watch->unfilled.end(),
                     [&](const auto &other) { return other._unsafe_get_target() == storage; });
}

bool is_finite(const at::Tensor &tensor) {
  if (!tensor.defined() || !tensor.is_floating_point() || tensor.numel() == 0 || is_unfilled(tensor)) return true;
  return at::isfinite(tensor).all().item<bool>();
}

void look_for_known(const at::RecordFunction &function) {
  watch->is_argument = false;
  for (const c10::IValue &value : function.inputs()) {
    if (!value.isTensor() || !value.toTensor().defined()) continue;
    auto place = std::find(watch->known.begin(), watch->known.end(), value.toTensor().unsafeGetTensorImpl());
    if (place == watch->known.end()) continue;
    watch->last = place - watch->known.begin();
    watch->is_argument = true;
  }
}

void check_results(const at::RecordFunction &function) {
  if (leaves_memory_as_it_is(function.name())) {
    for (const c10::IValue &value : function.outputs()) {
      if (value.isTensor() && value.toTensor().has_storage()) {
        watch->unfilled.push_back(value.toTensor().storage().getWeakStorageImpl());
      }
    }
    return;
  }
  at::DisableRecordFunctionGuard quiet;
  for (const c10::IValue &value : function.outputs()) {
    std::vector<at::Tensor> tensors;
    if (value.isTensor()) tensors = {value.toTensor()};
    if (value.isTensorList()) tensors = value.toTensorVector();
    if (std::all_of(tensors.begin(), tensors.end(), is_finite)) continue;
    watch->found = true;
    std::strncpy(watch->finding.operation, function.name(), sizeof(watch->finding.operation) - 1);
    watch->finding.tensor = watch->last;
    watch->finding.is_argument = watch->is_argument;
    return;
  }
}

std::unique_ptr<at::ObserverContext> began(const at::RecordFunction &function) {
  if (watch && watch->depth++ == 0 && !watch->found) look_for_known(function);
  return nullptr;
}

void ended(const at::RecordFunction &function, at::ObserverContext *) {
  if (watch && --watch->depth == 0 && !watch->found) check_results(function);
}

}  // namespace

int32_t ct_watch_begin(const ct_tensor *known, size_t count) {
  return guarded<int32_t>(-1, [&] {
    TORCH_CHECK(!watch, "this thread is being watched already");
    auto fresh = std::make_unique<Watch>();
    for (size_t index = 0; index < count; ++index) fresh->known.push_back(look(known[index]));
    fresh->handle = at::addThreadLocalCallback(
        at::RecordFunctionCallback(began, ended).needsInputs(true).needsOutputs(true).scopes(
            {at::RecordScope::FUNCTION}));
    watch = std::move(fresh);
    return 0;
  });
}

bool ct_watch_end(ct_finding *finding) {
  if (!watch) return false;
  at::removeCallback(watch->handle);
  const bool found = watch->found;
  *finding = watch->finding;
  watch.reset();
  return found;
}
