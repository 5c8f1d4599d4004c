import Foundation

/// One line at the bottom of the terminal that is written over; where there is no terminal, a line now and then.
final class ProgressLine {
    private let isTerminal = isatty(STDERR_FILENO) != 0
    private let start = Date()
    private var lastShown = Date.distantPast
    private var shownLength = 0

    /// Seconds between two updates: often enough to look alive, seldom enough for a log file.
    private var interval: Double { isTerminal ? 0.1 : 10 }

    /// Shows a text if the last one has stood long enough.
    func show(_ text: @autoclosure () -> String) {
        guard Date().timeIntervalSince(lastShown) >= interval else { return }
        lastShown = Date()
        let text = text()
        write(isTerminal ? "\r" + text + String(repeating: " ", count: max(0, shownLength - text.count)) : text + "\n")
        shownLength = text.count
    }

    /// Shows how many of a number are done, with rate and time left.
    func show(_ what: String, _ done: Int, of total: Int) {
        let seconds = Date().timeIntervalSince(start)
        let rate = Double(done) / max(seconds, 1e-9)
        let left = Format.duration(Double(total - done) / max(rate, 1e-9))
        show("\(what) \(done) of \(total) · \(Format.rate(rate))/s · \(left) left")
    }

    /// Removes the line, so that something else can be written.
    func clear() {
        guard isTerminal, shownLength > 0 else { return }
        write("\r" + String(repeating: " ", count: shownLength) + "\r")
        shownLength = 0
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
