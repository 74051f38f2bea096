"""T6-B «La tua domanda»: an application in six pages, left and found again wherever one likes."""
