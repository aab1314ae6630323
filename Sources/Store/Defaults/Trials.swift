/// What is tried on a machine of each kind, in the order in which it is tried.
let trials: [(deviceKind: String, items: [Trial])] = [
    (
        "laptop",
        [
            .starts, .screen, .keyboard, .touchpad, .ports, .wifi, .sound, .webcam, .battery,
            .charger,
        ]
    ),
    ("desktop", [.starts, .videoOutput, .ports, .network, .sound, .powerCable]),
    ("all_in_one", [.starts, .screen, .ports, .network, .sound, .webcam, .powerCable]),
    ("tablet", [.starts, .screen, .touch, .wifi, .sound, .camera, .battery, .charger]),
    (
        "smartphone",
        [
            .starts, .screen, .touch, .calls, .simReader, .notBlocked, .wifi, .sound, .camera,
            .battery, .charger,
        ]
    ),
    ("screen", [.starts, .screen, .videoInput, .powerCable]),
    ("other", [.starts, .allFunctions]),
]

/// One thing to try.
struct Trial {
    /// Stored: never renamed.
    let name: String
    let french: String
    let english: String

    private init(_ name: String, _ french: String, _ english: String) {
        self.name = name
        self.french = french
        self.english = english
    }

    static let starts = Trial("starts", "Démarre et s’éteint", "Starts and shuts down")
    static let screen = Trial(
        "screen",
        "Écran sans défaut gênant",
        "Screen without a disturbing fault"
    )
    static let keyboard = Trial("keyboard", "Toutes les touches", "Every key")
    static let touchpad = Trial(
        "touchpad",
        "Pavé tactile et boutons",
        "Touchpad and buttons"
    )
    static let touch = Trial(
        "touch",
        "Écran tactile partout",
        "Touch over the whole screen"
    )
    static let ports = Trial("ports", "Prises USB et vidéo", "USB and video ports")
    static let videoOutput = Trial(
        "video_output",
        "Image sur un écran",
        "Picture on a screen"
    )
    static let videoInput = Trial(
        "video_input",
        "Image de chaque entrée",
        "Picture from each input"
    )
    static let wifi = Trial("wifi", "Wi-Fi", "Wi-Fi")
    static let network = Trial(
        "network",
        "Réseau, par câble ou Wi-Fi",
        "Network, by cable or Wi-Fi"
    )
    static let sound = Trial("sound", "Son et micro", "Sound and microphone")
    static let webcam = Trial("webcam", "Caméra", "Camera")
    static let camera = Trial("camera", "Appareils photo", "Cameras")
    static let battery = Trial(
        "battery",
        "Batterie tient la charge",
        "Battery holds its charge"
    )
    static let charger = Trial(
        "charger",
        "Chargeur fourni et bon",
        "Charger there and good"
    )
    static let powerCable = Trial(
        "power_cable",
        "Câble d’alimentation fourni",
        "Power cable there"
    )
    static let calls = Trial("calls", "Appelle et reçoit", "Calls and is called")
    static let simReader = Trial("sim_reader", "Lit une carte SIM", "Reads a SIM card")
    static let notBlocked = Trial(
        "not_blocked",
        "Ni compte lié, ni IMEI bloqué",
        "No linked account, no blocked IMEI"
    )
    static let allFunctions = Trial(
        "all_functions",
        "Toutes les fonctions annoncées",
        "Every function it is said to have"
    )
}
