import Shop

/// What is tried on a machine of each kind, in the order in which it is tried.
let trials: [(kind: DeviceKind, items: [Trial])] = [
    (
        .laptop,
        [
            .starts, .screen, .keyboard, .touchpad, .ports, .wifi, .sound, .webcam, .battery,
            .charger,
        ]
    ),
    (.desktop, [.starts, .videoOutput, .ports, .network, .sound]),
    (.allInOne, [.starts, .screen, .ports, .network, .sound, .webcam]),
    (.tablet, [.starts, .screen, .touch, .wifi, .sound, .camera, .battery, .charger]),
    (
        .smartphone,
        [
            .starts, .screen, .touch, .calls, .simReader, .notBlocked, .wifi, .sound, .camera,
            .battery, .charger,
        ]
    ),
    (.screen, [.starts, .screen, .videoInput, .powerCable]),
    (.other, [.starts, .allFunctions]),
]

/// One thing to try.
struct Trial {
    /// Stored: never renamed.
    let name: String
    let french: String
    let english: String
    /// How it is tried.
    let frenchHelp: String
    let englishHelp: String

    /// Every function that it has is promised to the buyer: nothing is only noted until a shop decides so.
    var item: InspectionItem {
        InspectionItem(
            stored: name,
            french: french,
            english: english,
            frenchHelp: frenchHelp,
            englishHelp: englishHelp
        )
    }

    private init(
        _ name: String,
        _ french: String,
        _ english: String,
        _ frenchHelp: String,
        _ englishHelp: String
    ) {
        self.name = name
        self.french = french
        self.english = english
        self.frenchHelp = frenchHelp
        self.englishHelp = englishHelp
    }

    static let starts = Trial(
        "starts",
        "Démarre et s’éteint",
        "Starts and shuts down",
        "Allumez-le, attendez l’accueil, éteignez-le.",
        "Switch it on, wait for its welcome, shut it down."
    )
    static let screen = Trial(
        "screen",
        "Écran sans défaut gênant",
        "Screen without a disturbing fault",
        "Fond blanc puis noir\u{A0}: ni tache, ni ligne, ni coin sombre.",
        "White then black background: no stain, no line, no dark corner."
    )
    static let keyboard = Trial(
        "keyboard",
        "Toutes les touches",
        "Every key",
        "Tapez chaque touche dans un testeur de clavier, Maj et Fn compris.",
        "Press every key in a keyboard tester, Shift and Fn too."
    )
    static let touchpad = Trial(
        "touchpad",
        "Pavé tactile et boutons",
        "Touchpad and buttons",
        "Déplacez, cliquez à gauche et à droite, faites défiler à deux doigts.",
        "Move, click left and right, scroll with two fingers."
    )
    static let touch = Trial(
        "touch",
        "Écran tactile partout",
        "Touch over the whole screen",
        "Faites glisser une icône jusqu’aux quatre coins.",
        "Drag an icon to all four corners."
    )
    static let ports = Trial(
        "ports",
        "Prises USB et vidéo",
        "USB and video ports",
        "Une clé USB dans chaque prise, un écran sur chaque sortie vidéo.",
        "A USB key in each port, a screen on each video output."
    )
    static let videoOutput = Trial(
        "video_output",
        "Image sur un écran",
        "Picture on a screen",
        "Branchez un écran sur chaque sortie.",
        "Plug a screen into each output."
    )
    static let videoInput = Trial(
        "video_input",
        "Image de chaque entrée",
        "Picture from each input",
        "Branchez un ordinateur sur chaque entrée.",
        "Plug a computer into each input."
    )
    static let wifi = Trial(
        "wifi",
        "Wi-Fi",
        "Wi-Fi",
        "Rejoignez le réseau et ouvrez une page, à quelques mètres de la borne.",
        "Join the network and open a page, a few metres from the access point."
    )
    static let network = Trial(
        "network",
        "Réseau, par câble ou Wi-Fi",
        "Network, by cable or Wi-Fi",
        "Ouvrez une page par câble\u{202F}; en Wi-Fi s’il en a.",
        "Open a page by cable; by Wi-Fi where it has one."
    )
    static let sound = Trial(
        "sound",
        "Son et micro",
        "Sound and microphone",
        "Écoutez à gauche et à droite, enregistrez votre voix, essayez la prise casque.",
        "Play a sound, listen left and right, record your voice, try the headphone socket."
    )
    static let webcam = Trial(
        "webcam",
        "Caméra",
        "Camera",
        "Ouvrez l’application photo\u{A0}: image nette et claire.",
        "Open the camera application: a sharp, bright picture."
    )
    static let camera = Trial(
        "camera",
        "Appareils photo",
        "Cameras",
        "Une photo avec chaque appareil, avant et arrière.",
        "A picture with each camera, front and back."
    )
    static let battery = Trial(
        "battery",
        "Batterie tient la charge",
        "Battery holds its charge",
        "Débranchez-le un quart d’heure\u{A0}: il tient encore.",
        "Unplug it for a quarter of an hour: it still lasts."
    )
    static let charger = Trial(
        "charger",
        "Chargeur fourni et bon",
        "Charger there and good",
        "Le bon modèle, le câble sain, la charge commence.",
        "The right model, a sound cable, and it charges."
    )
    static let powerCable = Trial(
        "power_cable",
        "Câble d’alimentation fourni",
        "Power cable there",
        "Le bon câble, sain, sans faux contact.",
        "The right cable, sound, with no loose contact."
    )
    static let calls = Trial(
        "calls",
        "Appelle et reçoit",
        "Calls and is called",
        "Appelez-le et faites-le appeler\u{A0}: on s’entend.",
        "Call it and have it call: both are heard."
    )
    static let simReader = Trial(
        "sim_reader",
        "Lit une carte SIM",
        "Reads a SIM card",
        "Glissez une carte SIM\u{A0}: le réseau s’affiche.",
        "Insert a SIM card: the network is shown."
    )
    static let notBlocked = Trial(
        "not_blocked",
        "Ni compte lié, ni IMEI bloqué",
        "No linked account, no blocked IMEI",
        "Aucun compte Google ou Apple demandé\u{202F}; *#06# puis vérifiez l’IMEI.",
        "No Google or Apple account is asked for; *#06#, then check the IMEI."
    )
    static let allFunctions = Trial(
        "all_functions",
        "Toutes les fonctions annoncées",
        "Every function it is said to have",
        "Essayez tout ce que sa notice promet.",
        "Try everything that its manual promises."
    )
}
