import Dispatch

/// Cuts a table's bytes into ranges that begin with a record.
///
/// Quotes may hold line ends, so whether a line's end ends a record depends on how many quotes came before it. They
/// are counted in every range first, side by side; from the sums it is known which ranges begin inside quotes.
enum RecordRanges {
    static func cut(_ bytes: UnsafeBufferPointer<UInt8>, size: Int, isARFF: Bool) -> [Range<Int>] {
        // ARFF has two kinds of quotes, and escapes; its files are small.
        let count = isARFF ? 1 : max(1, bytes.count / size)
        let edges = (0...count).map { bytes.count * $0 / count }
        var quotes = [Int](repeating: 0, count: count)
        quotes.withUnsafeMutableBufferPointer { buffer in
            // Every place is written by one thread alone.
            nonisolated(unsafe) let (buffer, bytes) = (buffer, bytes)
            DispatchQueue.concurrentPerform(iterations: count) { part in
                var sum = 0
                for place in edges[part]..<edges[part + 1] where bytes[place] == 0x22 { sum += 1 }
                buffer[part] = sum
            }
        }
        var starts = [0]
        var before = 0
        for part in 0..<count - 1 {
            before += quotes[part]
            var isQuoted = !before.isMultiple(of: 2)
            var place = edges[part + 1]
            while place < bytes.count, isQuoted || bytes[place] != 0x0A {
                if bytes[place] == 0x22 { isQuoted.toggle() }
                place += 1
            }
            starts.append(max(starts[part], min(place + 1, bytes.count)))
        }
        return zip(starts, starts.dropFirst() + [bytes.count]).map { $0..<$1 }
    }
}
