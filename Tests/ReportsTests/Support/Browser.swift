import Foundation

/// Chromium without a window: loads a page, runs a script in it, and tells what came of it.
struct Browser {
    /// What the page looked like in the end, and what it wrote to the console (errors that nobody caught are there).
    struct Outcome {
        let page: String
        let console: [String]

        /// What the script said of itself, as JSON.
        func report() throws -> [String: Any] {
            let parts = page.components(separatedBy: "data-report=\"").dropFirst().first?.components(separatedBy: "\"")
            let text = (parts?.first ?? "").replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
            return try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
        }
    }

    /// The browser of the environment variable `CHROMIUM`, else the first of the usual names on the path.
    static let path: String? = {
        let environment = ProcessInfo.processInfo.environment
        let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome-headless-shell"]
        let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let found = names.flatMap { name in folders.map { "\($0)/\(name)" } }
        let candidates =
            (environment["CHROMIUM"].map { [$0] } ?? []) + found
            + ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"]
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// Loads a page and runs a script at its end, which may leave JSON in `document.body.dataset.report`.
    ///
    /// - Parameters:
    ///   - dark: whether the system is.
    ///   - width: of the window.
    static func load(_ html: String, script: String, dark: Bool = false, width: Int = 1200) throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory.appending(path: "angularmargin-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let page = folder.appending(path: "page.html")
        let driven = html.replacing("</body>", with: "<script>\(script)</script></body>")
        try Data(driven.utf8).write(to: page)
        let process = Process()
        process.executableURL = URL(filePath: path ?? "chromium")
        process.arguments = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--user-data-dir=\(folder.appending(path: "profile").path)", "--window-size=\(width),900",
            "--blink-settings=preferredColorScheme=\(dark ? 0 : 1)", "--enable-logging=stderr",
            "--virtual-time-budget=2000", "--dump-dom", page.absoluteString,
        ]
        let (output, errors) = (folder.appending(path: "output"), folder.appending(path: "errors"))
        for file in [output, errors] { try Data().write(to: file) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        let log = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
        return Outcome(
            page: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            console: log.split(separator: "\n").filter { $0.contains("CONSOLE") }.map(String.init))
    }
}
