import Dispatch
import Foundation

/// Reads the bytes of a trial file on all processors.
struct TrialReader {
    let contents: Data
    let name: String

    /// The columns of the whole file.
    struct Columns {
        var scores: [Double] = []
        var kinds: [TrialKind] = []
        var left: [UInt32] = []
        var right: [UInt32] = []
        var speakers: [UInt32] = []
        var attacks: [UInt32] = []
        var items = TrialNames()
        var speakerNames: [String] = []
        var attackNames: [String] = []
    }

    /// Reads all trials.
    func columns(after prelude: Prelude) throws(TrialFileError) -> Columns {
        var result: Result<Columns, TrialFileError> = .success(Columns())
        contents.withUnsafeBytes { raw in
            guard let base = raw.bindMemory(to: UInt8.self).baseAddress else { return }
            result = columns(base: base, prelude: prelude)
        }
        return try result.get()
    }

    private func columns(
        base: UnsafePointer<UInt8>, prelude: Prelude
    ) -> Result<Columns, TrialFileError> {
        let bounds = lineBounds(base, start: prelude.start)
        let chunkCount = bounds.count - 1
        nonisolated(unsafe) let base = base
        nonisolated(unsafe) let chunks = UnsafeMutablePointer<TrialChunk>.allocate(capacity: chunkCount)
        chunks.initialize(repeating: TrialChunk(base: base, layout: prelude.layout), count: chunkCount)
        defer {
            chunks.deinitialize(count: chunkCount)
            chunks.deallocate()
        }
        DispatchQueue.concurrentPerform(iterations: chunkCount) { place in
            var chunk = TrialChunk(base: base, layout: prelude.layout)
            chunk.read(from: bounds[place], to: bounds[place + 1])
            chunks[place] = chunk
        }
        for place in 0..<chunkCount {
            guard let failure = chunks[place].failure else { continue }
            return .failure(
                TrialFileError(file: name, line: line(ofByte: failure.byte), message: failure.message))
        }
        return .success(joined(UnsafeBufferPointer(start: chunks, count: chunkCount), base: base))
    }

    /// Cuts the file at line ends, into more pieces than processors so that none waits long.
    private func lineBounds(_ base: UnsafePointer<UInt8>, start: Int) -> [Int] {
        let size = contents.count - start
        let wanted = max(1, min(4 * ProcessInfo.processInfo.activeProcessorCount, size >> 16))
        var bounds = [start]
        for piece in 1..<max(wanted, 1) + 1 where piece < wanted {
            var place = max(start + piece * size / wanted, bounds[bounds.count - 1])
            while place < contents.count, base[place] != newline { place += 1 }
            bounds.append(min(place + 1, contents.count))
        }
        bounds.append(contents.count)
        return bounds
    }

    private func joined(_ chunks: UnsafeBufferPointer<TrialChunk>, base: UnsafePointer<UInt8>) -> Columns {
        var columns = Columns()
        let count = chunks.reduce(0) { $0 + max($1.scores.count, $1.kinds.count, $1.left.count) }
        if !chunks[0].scores.isEmpty { columns.scores.reserveCapacity(count) }
        if !chunks[0].kinds.isEmpty { columns.kinds.reserveCapacity(count) }
        var items = NameTable(base: base)
        var speakers = NameTable(base: base)
        var attacks = NameTable(base: base)
        for chunk in chunks {
            columns.scores += chunk.scores
            columns.kinds += chunk.kinds
            let itemNumbers = chunk.items.names.map { items.number(of: $0) }
            columns.left += chunk.left.map { itemNumbers[Int($0)] }
            columns.right += chunk.right.map { itemNumbers[Int($0)] }
            let speakerNumbers = chunk.speakerNames.names.map { speakers.number(of: $0) }
            columns.speakers += chunk.speakers.map { speakerNumbers[Int($0)] }
            let attackNumbers = chunk.attackNames.names.map { attacks.number(of: $0) }
            columns.attacks += chunk.attacks.map { attackNumbers[Int($0)] }
        }
        func texts(_ table: NameTable) -> [String] {
            table.names.map {
                String(decoding: UnsafeBufferPointer(start: base + $0.start, count: $0.count), as: UTF8.self)
            }
        }
        columns.items = TrialNames(contents: contents, places: items.names.map { ($0.start, $0.count) })
        columns.speakerNames = texts(speakers)
        columns.attackNames = texts(attacks)
        return columns
    }

    /// How many trials repeat an earlier one.
    ///
    /// - Throws: ``TrialFileError`` where one does with another label, or where there is no trial at all.
    func repeatedTrialCount(in columns: Columns) throws(TrialFileError) -> Int {
        guard max(columns.scores.count, columns.kinds.count) > 0 else {
            throw TrialFileError(file: name, message: "holds no trials")
        }
        // Where every trial names an item of its own, none repeats another.
        if columns.right.isEmpty, columns.items.count == columns.left.count { return 0 }
        do {
            return try Duplicates(left: columns.left, right: columns.right, kinds: columns.kinds).sameLabelCount
        } catch {
            let sides = [columns.left, columns.right].filter { !$0.isEmpty }
            let trial = sides.map { columns.items[Int($0[error.first])] }.joined(separator: " ")
            throw TrialFileError(
                file: name, line: line(ofTrial: error.second),
                message: "the trial “\(trial)” stands here with another label than in line "
                    + "\(line(ofTrial: error.first)); a trial has one label")
        }
    }

    /// The line, from 1, that a byte lies in.
    func line(ofByte byte: Int) -> Int {
        contents.prefix(byte).count { $0 == newline } + 1
    }

    /// The line, from 1, of a trial: comments, empty lines and a line of column names hold none.
    func line(ofTrial trial: Int) -> Int {
        let lines = contents.split(separator: newline, omittingEmptySubsequences: false)
        let hasHeader = (try? prelude(layout: nil, polarity: nil))?.hasColumnNames ?? false
        var seen = hasHeader ? -2 : -1
        for (place, line) in lines.enumerated() {
            guard let first = line.first(where: { !isSpace($0) }), first != commentSign else { continue }
            seen += 1
            if seen == trial { return place + 1 }
        }
        return lines.count
    }
}
