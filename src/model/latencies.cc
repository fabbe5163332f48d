#include "model/latencies.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace signalbox {
namespace {

constexpr double kWidth = 1.04;
constexpr std::uint16_t kExact = 50;  // below, a step is a millisecond
constexpr Duration kLongest = std::chrono::hours(1);
constexpr std::size_t kEncoded = sizeof(std::uint16_t) + sizeof(double);

std::uint16_t step_of(Duration took) {
  const auto ms = static_cast<double>(std::clamp(took, Duration(0), kLongest).count());
  if (ms <= kExact) return static_cast<std::uint16_t>(ms);
  static const double width = std::log(kWidth);
  return static_cast<std::uint16_t>(kExact + std::ceil(std::log(ms / kExact) / width));
}

/// The value with the least relative distance from all of the step.
Duration middle(std::uint16_t step) {
  if (step <= kExact) return Duration(step);
  const double upper = kExact * std::pow(kWidth, step - kExact);
  return std::min(kLongest, Duration(std::llround(2 * upper / (1 + kWidth))));
}

}  // namespace

double& Latencies::at(std::uint16_t step) {
  const auto place =
      std::ranges::lower_bound(steps_, step, {}, &std::pair<std::uint16_t, double>::first);
  if (place != steps_.end() && place->first == step) return place->second;
  return steps_.insert(place, {step, 0})->second;
}

void Latencies::add(Duration took, double count) {
  if (count > 0) at(step_of(took)) += count;
}

void Latencies::add(const Latencies& other) {
  for (const auto& [step, count] : other.steps_) at(step) += count;
}

void Latencies::take_back(const Latencies& other) {
  for (const auto& [step, count] : other.steps_) at(step) -= count;
  std::erase_if(steps_, [](const auto& one) { return one.second <= 0; });
}

double Latencies::count() const {
  double all = 0;
  for (const auto& [step, count] : steps_) all += count;
  return all;
}

std::optional<Duration> Latencies::quantile(double q) const {
  if (steps_.empty()) return std::nullopt;
  const double wanted = std::clamp(q, 0.0, 1.0) * count();
  double reached = 0;
  for (const auto& [step, count] : steps_) {
    reached += count;
    if (reached >= wanted) return middle(step);
  }
  return middle(steps_.back().first);
}

std::string Latencies::encode() const {
  std::string bytes;
  bytes.reserve(steps_.size() * kEncoded);
  for (const auto& [step, count] : steps_) {
    bytes.append(reinterpret_cast<const char*>(&step), sizeof step);
    bytes.append(reinterpret_cast<const char*>(&count), sizeof count);
  }
  return bytes;
}

Result<Latencies> Latencies::decode(std::string_view bytes) {
  if (bytes.size() % kEncoded != 0) return corrupt("latencies: a step is cut off");
  static const std::uint16_t last = step_of(kLongest);
  Latencies latencies;
  latencies.steps_.reserve(bytes.size() / kEncoded);
  for (std::size_t at = 0; at < bytes.size(); at += kEncoded) {
    std::uint16_t step = 0;
    double count = 0;
    std::memcpy(&step, bytes.data() + at, sizeof step);
    std::memcpy(&count, bytes.data() + at + sizeof step, sizeof count);
    const bool ascending = latencies.steps_.empty() || latencies.steps_.back().first < step;
    if (!ascending || !std::isfinite(count) || count <= 0 || step > last) {
      return corrupt("latencies: a step makes no sense");
    }
    latencies.steps_.emplace_back(step, count);
  }
  return latencies;
}

}  // namespace signalbox
