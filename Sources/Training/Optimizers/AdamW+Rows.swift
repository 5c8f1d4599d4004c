import CKernels
import Foundation
import Torch

extension AdamW: RowSteppingOptimizer {
    func rule(of parameter: SteppedParameter) -> any RowRule { Rows(self, parameter) }

    private struct Rows: RowRule {
        private let optimizer: AdamW
        private let parameter: SteppedParameter
        private let weights: Tensor
        private var moments: Moments?
        private var steps: [ck_adaptation_step] = []
        private var rate = 0.0

        init(_ optimizer: AdamW, _ parameter: SteppedParameter) {
            self.optimizer = optimizer
            self.parameter = parameter
            weights = parameter.tensor
        }

        mutating func begin(learningRate: Double) throws {
            rate = learningRate * parameter.group.learningRateFactor
            // Looked up anew: the optimiser may have been restored since.
            let moments = try optimizer.moments(of: weights, parameter.index, parameter.position)
            try moments.steps.add(1)
            self.moments = moments
            let count = try moments.steps.item()
            steps.append(
                ck_adaptation_step(
                    keep: Float(1 - rate * parameter.group.weightDecay),
                    rate: Float(rate / (1 - pow(optimizer.beta1, count))),
                    root: Float((1 - pow(optimizer.beta2, count)).squareRoot())))
        }

        mutating func withdraw() throws {
            steps.removeLast()
            try moments?.steps.add(-1)
        }

        mutating func forgetSteps() { steps = [] }

        func step(_ rows: Range<Int>, gradient: Tensor) throws {
            guard let moments else { preconditionFailure("a step was begun") }
            try AdamW.fusedStep.perform(
                [try weights.detached().sliced(rows)], [gradient], [try moments.first.sliced(rows)],
                [try moments.second.sliced(rows)], [Tensor](), [moments.steps], rate, optimizer.beta1, optimizer.beta2,
                parameter.group.weightDecay, optimizer.epsilon, false, false)
        }

        private var settings: ck_adaptation {
            ck_adaptation(
                beta1: Float(optimizer.beta1), beta2: Float(optimizer.beta2), epsilon: Float(optimizer.epsilon))
        }

        func step(_ rows: [Int], gradient: Tensor) throws {
            guard let step = steps.last else { preconditionFailure("a step was begun") }
            let (settings, size) = (settings, weights.size(1))
            let instructions = ck_best_instructions()
            let matrices = [gradient, try weights.detached(), moments?.first, moments?.second]
            try RowMemory.concurrently(rows, matrices: matrices) { memory, first, count in
                ck_rows_adapt(
                    instructions, settings, step, memory.rows + first, count, Int64(size),
                    memory.matrices[0].map { $0 + first * size }, memory.matrices[1], memory.matrices[2],
                    memory.matrices[3])
            }
        }

        func idle(_ rows: [Int], from begins: [Int32], to end: Int) throws {
            let (settings, steps, size) = (settings, steps, weights.size(1))
            let instructions = ck_best_instructions()
            let matrices = [try weights.detached(), moments?.first, moments?.second]
            try RowMemory.concurrently(rows, begins: begins, matrices: matrices) { memory, first, count in
                ck_rows_adapt_idle(
                    instructions, settings, steps, memory.begins.map { $0 + first }, Int32(end), memory.rows + first,
                    count, Int64(size), memory.matrices[0], memory.matrices[1], memory.matrices[2])
            }
        }
    }
}
