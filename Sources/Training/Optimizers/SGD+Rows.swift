import CKernels
import Torch

extension SGD: RowSteppingOptimizer {
    func rule(of parameter: SteppedParameter) -> any RowRule { Rows(self, parameter) }

    /// v of a parameter, zeros before its first step; `nil` where the momentum is 0.
    private func velocity(_ group: Int, _ position: Int) throws -> Tensor? {
        guard momentum > 0 else { return nil }
        if let known = velocities[group][position] { return known }
        let fresh = try groups[group].parameters[position].tensor.zerosLike()
        velocities[group][position] = fresh
        return fresh
    }

    private struct Rows: RowRule {
        private let optimizer: SGD
        private let parameter: SteppedParameter
        private let weights: Tensor
        private var velocity: Tensor?
        private var rates: [Float] = []
        private var rate = 0.0

        init(_ optimizer: SGD, _ parameter: SteppedParameter) {
            self.optimizer = optimizer
            self.parameter = parameter
            weights = parameter.tensor
        }

        mutating func begin(learningRate: Double) throws {
            rate = learningRate * parameter.group.learningRateFactor
            rates.append(Float(rate))
            // Looked up anew: the optimiser may have been restored since.
            velocity = try optimizer.velocity(parameter.index, parameter.position)
        }

        mutating func withdraw() { rates.removeLast() }
        mutating func forgetSteps() { rates = [] }

        func step(_ rows: Range<Int>, gradient: Tensor) throws {
            let own = try weights.detached().sliced(rows)
            let buffers = try velocity.map { [try $0.sliced(rows)] } ?? []
            // Velocities begin at zero, so that the first step is no other.
            try SGD.fusedStep.perform(
                [own], [gradient], buffers, parameter.group.weightDecay, optimizer.momentum, rate, 0.0,
                optimizer.nesterov, false,
                false)
        }

        private var settings: ck_descent {
            ck_descent(
                decay: Float(parameter.group.weightDecay), momentum: Float(optimizer.momentum),
                nesterov: optimizer.nesterov)
        }

        func step(_ rows: [Int], gradient: Tensor) throws {
            let (settings, rate, size) = (settings, Float(rate), weights.size(1))
            let instructions = ck_best_instructions()
            try RowMemory.concurrently(rows, matrices: [gradient, weights.detached(), velocity]) {
                memory, first, count in
                ck_rows_descend(
                    instructions, settings, rate, memory.rows + first, count, Int64(size),
                    memory.matrices[0].map { $0 + first * size }, memory.matrices[1], memory.matrices[2])
            }
        }

        func idle(_ rows: [Int], from begins: [Int32], to end: Int) throws {
            // Then nothing moves by itself.
            guard parameter.group.weightDecay > 0 || optimizer.momentum > 0 else { return }
            let (settings, rates, size) = (settings, rates, weights.size(1))
            let instructions = ck_best_instructions()
            try RowMemory.concurrently(rows, begins: begins, matrices: [weights.detached(), velocity]) {
                memory, first, count in
                ck_rows_descend_idle(
                    instructions, settings, rates, memory.begins.map { $0 + first }, Int32(end), memory.rows + first,
                    count, Int64(size), memory.matrices[0], memory.matrices[1])
            }
        }
    }
}
